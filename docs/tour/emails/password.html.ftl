<p>Hello ${user.firstName!"colleague"},</p>
<p><a href="https://intranet.halcyon.example/password/${changePasswordId}">choose a new password</a>.</p>

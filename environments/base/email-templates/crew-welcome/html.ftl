<p>Welcome aboard, ${user.firstName!"sailor"}.</p>
<p><a href="https://crew.halcyon.example/password/change/${changePasswordId}?tenantId=${user.tenantId}">Set your password</a>
before you join your ship.</p>

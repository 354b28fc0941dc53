<p>Somebody, hopefully you, asked for a new password.</p>
<p><a href="https://guests.halcyon.example/password/change/${changePasswordId}?tenantId=${user.tenantId}">Choose one</a></p>
<p>If it was not you, nothing has changed and you need not do anything.</p>

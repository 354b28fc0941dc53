<p>Hello ${user.firstName!"there"},</p>
<p>please confirm that this is your address, so that your boarding documents reach you.</p>
<p><a href="https://guests.halcyon.example/email/verify/${verificationId}?tenantId=${user.tenantId}">Confirm</a></p>
<p>Halcyon Line</p>

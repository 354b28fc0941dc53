Somebody, hopefully you, asked for a new password. Choose one here:

https://guests.halcyon.example/password/change/${changePasswordId}?tenantId=${user.tenantId}

If it was not you, nothing has changed and you need not do anything.

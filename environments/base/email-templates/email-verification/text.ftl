Hello ${user.firstName!"there"},

please confirm that this is your address, so that your boarding documents reach you:

https://guests.halcyon.example/email/verify/${verificationId}?tenantId=${user.tenantId}

Halcyon Line

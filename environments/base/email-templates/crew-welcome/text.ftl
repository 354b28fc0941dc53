Welcome aboard, ${user.firstName!"sailor"}. Set your password before you join your ship:

https://crew.halcyon.example/password/change/${changePasswordId}?tenantId=${user.tenantId}

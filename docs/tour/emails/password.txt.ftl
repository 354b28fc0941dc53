Hello ${user.firstName!"colleague"},

choose a new password: https://intranet.halcyon.example/password/${changePasswordId}

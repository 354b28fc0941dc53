// Puts what the ship's systems need to know about a guest into the access token. FusionAuth calls `populate`.
function populate(jwt, user, registration) {
  jwt.roles = registration.roles || [];
  if (user.data && user.data.loyalty) {
    jwt.loyaltyTier = user.data.loyalty.tier;
  }
}

function populate(jwt, user, registration) {
  jwt.employeeNumber = user.data.employeeNumber;
}

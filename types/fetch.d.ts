/** A name of the Fetch standard that `@hono/node-server` expects as a global; Node's own types have all but this one. */
type RequestInfo = string | URL | Request;

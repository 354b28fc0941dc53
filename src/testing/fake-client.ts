import type { WriteClient } from '../catalog/index.js';

/** One call of a client method, as it was made. */
export interface ClientCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

/**
 * A client that answers what a test says and remembers what it was asked. A method without an answer throws: a kind that
 * calls something unforeseen fails its test.
 */
export function fakeClient(answers: Readonly<Record<string, unknown>>): {
  readonly client: WriteClient;
  readonly calls: readonly ClientCall[];
} {
  const calls: ClientCall[] = [];
  const client = new Proxy(
    {},
    {
      get:
        (_, method) =>
        async (...args: readonly unknown[]) => {
          const name = String(method);
          calls.push({ method: name, args });
          if (!Object.hasOwn(answers, name))
            throw new Error(`the kind called ${name}, for which the test has no answer`);
          const answer = answers[name];
          if (answer instanceof Error) throw answer;
          return { statusCode: 200, response: answer };
        },
    },
  );
  // The proxy answers every method name; what kinds call is what each test states.
  return { client: client as WriteClient, calls };
}

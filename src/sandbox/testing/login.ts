import type { HttpAnswer, HttpCall } from './http.js';

/** A user of an application who can log in by its API. */
export interface Crew {
  readonly userId: string;
  readonly applicationId: string;
  readonly tenantId: string;
  readonly logIn: (more?: Readonly<Record<string, unknown>>) => Promise<HttpAnswer>;
}

export const crewEmail = 'erin@acme.example';
export const crewPassword = 'spare-the-gangway';

/** Makes an application that gives refresh tokens to users of the Login API, and one user with the role `deck`. */
export async function signOn(
  call: HttpCall,
  {
    application = {},
    user = {},
  }: {
    readonly application?: Readonly<Record<string, unknown>>;
    readonly user?: Readonly<Record<string, unknown>>;
  } = {},
): Promise<Crew> {
  const made = await accepted(
    call('POST', '/api/application', {
      application: {
        name: 'Crew app',
        loginConfiguration: { allowTokenRefresh: true, generateRefreshTokens: true },
        roles: [{ name: 'deck' }, { name: 'engine' }],
        ...application,
      },
    }),
  );
  const applicationId: string = made.application.id;
  const registered = await accepted(
    call('POST', '/api/user/registration', {
      user: { email: crewEmail, password: crewPassword, ...user },
      registration: { applicationId, roles: ['deck'] },
    }),
  );
  return {
    applicationId,
    userId: registered.user.id,
    tenantId: registered.user.tenantId,
    logIn: (more = {}) =>
      call('POST', '/api/login', { loginId: crewEmail, password: crewPassword, applicationId, ...more }),
  };
}

/** The JSON of an answer that is 200. */
export async function accepted(answer: Promise<HttpAnswer>): Promise<any> {
  const { status, text, json } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${text}`);
  return json;
}

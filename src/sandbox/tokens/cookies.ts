/** The cookies that hold a user's tokens. Source: FusionAuth docs apis/login, "Response Cookies". */
type TokenCookie = 'access_token' | 'refresh_token';

/** The value of a cookie of a request; undefined where it is not there or empty. */
export function cookieOf(headers: Headers, name: TokenCookie): string | undefined {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key = '', ...rest] = pair.split('=');
    const value = rest
      .join('=')
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (key.trim() === name && value !== '') return value;
  }
  return undefined;
}

/** `Set-Cookie` for an access token, and for the refresh token that goes with it, if one does. */
export function tokenCookies(
  accessToken: string,
  refreshToken?: { readonly value: string; readonly seconds: number },
): readonly string[] {
  const first = tokenCookie('access_token', accessToken);
  if (refreshToken === undefined) return [first];
  return [first, tokenCookie('refresh_token', refreshToken.value, refreshToken.seconds)];
}

/** `Set-Cookie` that take both away. */
export const goneCookies: readonly string[] = [tokenCookie('access_token', '', 0), tokenCookie('refresh_token', '', 0)];

/**
 * A cookie that scripts cannot read. Without `maxAgeSeconds` it goes with the browser's session, as that of an access token
 * does. What else the server writes there is
 * UNVERIFIED (switch tokenCookieAttributes).
 */
function tokenCookie(name: TokenCookie, value: string, maxAgeSeconds?: number): string {
  const age = maxAgeSeconds === undefined ? '' : ` Max-Age=${maxAgeSeconds};`;
  return `${name}=${value}; Path=/;${age} HttpOnly`;
}

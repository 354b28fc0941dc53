/** The fewest fields of some kinds, for probes that need one. FusionAuth docs apis, request bodies. */
export const timeouts = { connectTimeout: 1000, readTimeout: 1000 };

export function mail(name: string): object {
  return { name, defaultSubject: 'Hello', defaultHtmlTemplate: '<p>Hello</p>', defaultTextTemplate: 'Hello' };
}

export function openId(name: string): object {
  return {
    type: 'OpenIDConnect',
    name,
    buttonText: 'Log in',
    oauth2: { client_id: 'kedge', client_secret: 'a secret', issuer: 'https://issuer.acme.test' },
  };
}

export const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';

/** So that two instants of one server differ. */
export function pause(ms = 20): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** One of two words, or the status where it is neither of two. */
export function byStatus(status: number, words: Readonly<Record<number, string>>): string {
  return words[status] ?? `status ${status}`;
}

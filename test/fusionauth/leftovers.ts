import { resources } from '../contract/resources.js';
import { ask, type Answer, type Ask, type Target } from '../contract/target.js';
import { deleting } from './probe.js';

/** What is there once: its path, and what stands around it. It is put back as it was. */
const singletons = {
  '/api/system-configuration': 'systemConfiguration',
  '/api/integration': 'integrations',
  '/api/tenant-manager': 'tenantManagerConfiguration',
} as const;

/** A target that remembers what was made on it. */
export interface Tidied {
  readonly target: Target;
  /** Takes away what was made and is still there, the last first, and puts the singletons back. Gives what it could not do. */
  readonly tidy: () => Promise<readonly string[]>;
}

/** Listens to what is asked of a target, to be able to leave it as it was. */
export async function tidied(untouched: Target): Promise<Tidied> {
  const before = await Promise.all(
    Object.keys(singletons).map(async (path) => [path, await ask(untouched, { method: 'GET', path })] as const),
  );
  /** Path → tenant. */
  const made = new Map<string, string | undefined>();
  const heard = (request: Ask, answer: Answer): void => {
    if (answer.status !== 200) return;
    for (const path of madeBy(request, answer)) made.set(path, request.tenantId);
    if (request.method !== 'DELETE') return;
    const gone = request.path.replace(/\?hardDelete=true$/, '');
    made.delete(gone);
    // What a tenant holds goes with it.
    for (const [path, tenantId] of made) if (gone === `/api/tenant/${tenantId}`) made.delete(path);
  };
  const tidy = async (): Promise<readonly string[]> => {
    const failed: string[] = [];
    for (const [path, tenantId] of [...made].toReversed()) {
      const request = { method: 'DELETE', path: deleting(path), ...(tenantId === undefined ? {} : { tenantId }) };
      const { status } = await ask(untouched, request);
      if (status !== 200 && status !== 404) failed.push(`DELETE ${path}: ${status}`);
    }
    for (const [path, { status, body }] of before) {
      if (status !== 200) continue;
      const answer = await ask(untouched, { method: 'PUT', path, body });
      if (answer.status !== 200) failed.push(`PUT ${path}: ${answer.status}`);
    }
    return failed;
  };
  return { target: { ...pick(untouched), heard }, tidy };
}

/** A target may be more than that, as a sandbox is. */
function pick({ url, apiKey }: Target): Target {
  return { url, apiKey };
}

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Where objects are made, and what stands around them in the answer. */
const makers = [
  ...resources.map(({ path, wrapper }) => ({ path, wrapper, of: path.replace(/\{\w+\}/g, id) })),
  { path: '/api/key', wrapper: 'key', of: '/api/key/(?:generate|import)' },
  { path: '/api/user', wrapper: 'user', of: '/api/user/registration' },
].map(({ path, wrapper, of }) => ({ path, wrapper, pattern: new RegExp(`^(${of})(?:/${id})?$`) }));

function madeBy({ method, path, body: asked }: Ask, { body }: Answer): readonly string[] {
  if (method !== 'POST') return [];
  if (path === '/api/user/import') {
    // `as`: only this suite asks, and it imports users with their ids.
    const { users } = asked as { readonly users: readonly { readonly id: string }[] };
    return users.map((user) => `/api/user/${user.id}`);
  }
  return makers.flatMap(({ path: base, wrapper, pattern }) => {
    const found = pattern.exec(path);
    const made: unknown = body?.[wrapper]?.id;
    if (found === null || typeof made !== 'string') return [];
    // A part stands below the object it is of, whose id is in the request.
    return [`${base.includes('{') ? found[1] : base}/${made}`];
  });
}

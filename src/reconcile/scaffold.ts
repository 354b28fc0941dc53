import { readdir, readFile } from 'node:fs/promises';

/** The lines that `.gitignore` needs: receipts and journals are of this machine. */
export const ignoredByGit: readonly string[] = ['.kedge/'];

/** `kedge.yaml`: which project this is. */
export function projectText(project: string): string {
  return `# yaml-language-server: $schema=schemas/project.schema.json
version: 1
# The ids of everything kedge creates are derived from this. Never change it.
project: ${project}
`;
}

/** `environments/<name>/environment.yaml`, with every setting that one may want, most of them as comments. */
export function settingsText(input: { readonly url: string; readonly extendsBase: boolean }): string {
  return `# yaml-language-server: $schema=../../schemas/environment.schema.json
version: 1
${input.extendsBase ? 'extends: base' : '# extends: base                            # layers below this one: folders beside it'}

instance:
  url: ${JSON.stringify(input.url)}
  apiKey: !secret env:KEDGE_API_KEY          # reads; a key with GET on what you declare is enough
  # writeKey: !secret env:KEDGE_WRITE_KEY    # writes; only apply loads it
  # tenantId: <uuid>                         # the tenant of what names none, where there is more than one
  # ca: !file ca.pem                         # a private certificate authority
  # timeoutMs: 30000
  # concurrency: 8

# fusionauth: ">=1.60 <1.70"                 # refuse to plan against any other version

# variables:                                 # for !var NAME and !sub "…\${NAME}…"
#   domain: example.com

# record:                                    # what the last apply did, so that drift is told from what is pending
#   key: !secret env:KEDGE_RECORD_KEY        # signs it and keeps a copy in the instance, for other machines
#   instance: true

# policy:
#   kinds:
#     webhooks: { prune: true }              # delete what this project made and the files no longer name
#   protect: [tenants/main]                  # never delete these
`;
}

/** `environments/base/tenants.yaml`: a start that owns nothing yet. */
export const baseText = `# yaml-language-server: $schema=../../schemas/kedge.schema.json
version: 1
tenants:
  main:
    id: builtin:default-tenant               # the one that every instance has
    # issuer: acme.example                   # only what is written here is owned; all else is left as it is
`;

/** The schemas that editors check and complete the YAML with, as they come with kedge: path → text. */
export async function bundledSchemas(): Promise<ReadonlyMap<string, string>> {
  const folder = new URL('../../schemas/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.schema.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return new Map(names.map((name, index) => [`schemas/${name}`, texts[index] ?? '']));
}

import { catalog } from '../catalog/index.js';
import { checkEnvironments, createFolderSource, loadEnvironment } from '../desired/index.js';
import { compareText, type Finding } from '../model/index.js';
import type { Ports } from './ports.js';

/** What to check. */
export interface ValidateInput {
  /** The folder that holds `kedge.yaml`. */
  readonly root: string;
  /** Names of environments; all of the repository unless given. */
  readonly environments?: readonly string[];
  /** `declare` asks for no value of a secret: for machines that must not have them. */
  readonly secrets: 'resolve' | 'declare';
  readonly ports: Pick<Ports, 'env'>;
}

/** Everything that was found, in order of place, each once. */
export interface ValidateResult {
  readonly environments: readonly { readonly environment: string; readonly resources: number }[];
  readonly findings: readonly Finding[];
}

/** Loads environments without network, and reports all that is wrong in and between them. */
export async function validateEnvironments(input: ValidateInput): Promise<ValidateResult> {
  const source = createFolderSource(input.root);
  const { env } = input.ports;
  const between = await checkEnvironments({ source, env });
  const names = input.environments ?? between.environments;
  const findings: Finding[] = [...between.findings];
  const environments: { readonly environment: string; readonly resources: number }[] = [];
  for (const environment of names) {
    const loaded = await loadEnvironment({
      source,
      environment,
      catalog,
      env,
      secrets: input.secrets,
      writeKey: input.secrets === 'declare',
    });
    findings.push(...(loaded.ok ? loaded.warnings : loaded.findings));
    environments.push({ environment, resources: loaded.ok ? loaded.desired.resources.length : 0 });
  }
  if (names.length === 0) findings.push(noEnvironment);
  return { environments, findings: unique(findings) };
}

const noEnvironment: Finding = {
  code: 'desired/missing-environment',
  severity: 'error',
  message: 'no folder in environments/ has an environment.yaml with an instance',
  hint: 'run kedge init to make one',
};

/** Layers that environments share are read for each: what is wrong in them is told once. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const byText = new Map(
    findings.map((finding) => [JSON.stringify([finding.code, finding.message, finding.at]), finding]),
  );
  return [...byText.values()].sort(
    (left, right) =>
      compareText(left.at?.file ?? '', right.at?.file ?? '') ||
      (left.at?.line ?? 0) - (right.at?.line ?? 0) ||
      (left.at?.col ?? 0) - (right.at?.col ?? 0),
  );
}

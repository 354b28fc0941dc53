import { countApprovals } from '../apply/index.js';
import type { Environment } from '../desired/index.js';
import { type Approval, type ApprovalKey, KedgeError } from '../model/index.js';
import { digestOfFiled, type PlanFile } from '../plan/index.js';

/**
 * Refuses to go on unless a plan has the approvals that its environment asks for. The policy is that of the files of this
 * machine, and the digest is made anew here, whatever the file says it is.
 * @param by.plan - undefined for an apply of the files as they are, which nobody can have signed.
 * @throws {@link KedgeError} `apply/not-approved`.
 */
export function requireApprovals(
  environment: Environment,
  by: { readonly plan: PlanFile | undefined; readonly approvals: readonly Approval[] },
): void {
  const { name, approvals: policy } = environment;
  if (policy === undefined) return;
  const wanted = policy.threshold === 1 ? '1 approval' : `${policy.threshold} approvals`;
  if (by.plan === undefined) {
    const message = `'${name}' wants ${wanted}, and only a saved plan can have them; nothing was written`;
    const hint = `kedge plan -e ${name} -o plan.json, then kedge approve plan.json --key <file>, then kedge apply plan.json`;
    throw new KedgeError({ code: 'apply/not-approved', message, hint });
  }
  const { plan } = by.plan;
  const approved = { environment: plan.environment, instance: plan.instance, digest: digestOfFiled(plan) };
  const { signed, unsigned, missing, idle } = countApprovals(approved, { policy, approvals: by.approvals });
  if (missing === 0) return;
  const who = signed.length === 0 ? 'nobody has signed' : `${names(signed)} signed`;
  const rest =
    idle === 0
      ? ''
      : `; ${idle === 1 ? '1 signature does' : `${idle} signatures do`} not count: of another plan, forged, or of a key that is not configured`;
  throw new KedgeError({
    code: 'apply/not-approved',
    message: `'${name}' wants ${wanted} of this plan: ${who}, ${missing} more needed of ${names(unsigned)}${rest}; nothing was written`,
    hint: 'kedge approve <plan> --key <file>, by whom it takes; the approvals lie beside the plan as <plan>.approvals',
  });
}

function names(keys: readonly ApprovalKey[]): string {
  return keys.map(({ name }) => name).join(', ');
}

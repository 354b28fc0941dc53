import { refusedPermission } from '../apply/index.js';
import { type Finding, type Outcome, permissionText } from '../model/index.js';

/** One finding for all that the key was refused in an apply. */
export function keyLacks(outcomes: readonly Outcome[], environment: string): readonly Finding[] {
  const refused = outcomes.flatMap((outcome) => refusedPermission(outcome) ?? []);
  if (refused.length === 0) return [];
  const lacks = [...new Set(refused.map(permissionText))].sort();
  return [
    {
      code: 'apply/key-lacks',
      severity: 'warning',
      message: `the instance refused this to the API key: ${lacks.join(', ')}`,
      hint: `kedge permissions -e ${environment} --for apply prints all that the key needs; then apply again`,
    },
  ];
}

import { madeUp, type Problem } from '../../errors.js';
import { valueAt } from '../../fields.js';
import type { Instance, Write } from '../../kind.js';
import type { Fields, StoredObject } from '../../store.js';
import { isBlank, isRecord } from '../normal-text.js';
import { lengthProblems } from '../rules.js';
import { domainProblems } from './domains.js';
import type { ProviderType } from './provider-type.js';
import { providerTypeOf } from './provider-types.js';
import { settingProblems } from './settings.js';

/** What must be so for every type. */
export function providerProblems(object: StoredObject, write: Write): readonly Problem[] {
  const { instance } = write;
  const type = providerTypeOf(object);
  return [
    ...madeUp(typeProblems(object, write)),
    ...lengthProblems(object, ['name', 'source']),
    ...madeUp(strategyProblems(object, write)),
    ...lambdaProblems(object, type, instance),
    ...madeUp(mappingProblems(object)),
    ...settingProblems(object, instance),
    ...domainProblems(object, instance),
    ...(type.validate?.(object, instance) ?? []),
  ];
}

/**
 * The type never changes. Which error says so is
 * UNVERIFIED (switch undocumentedErrors).
 */
function typeProblems({ type }: StoredObject, { previous, sent }: Write): readonly Problem[] {
  const { type: wanted } = providerTypeOf(sent);
  if (previous === undefined || wanted === type) return [];
  const message = `The type of an Identity Provider cannot be changed from [${String(type)}] to [${wanted}].`;
  return [{ field: 'type', kind: 'invalid', message }];
}

/**
 * Since 1.65: FusionAuth docs apis/identity-providers, `linkingStrategy`; fusionauth-issues #3450. The code is
 * UNVERIFIED (switch undocumentedErrors).
 */
function strategyProblems(object: StoredObject, { previous, instance }: Write): readonly Problem[] {
  if (previous === undefined || previous['linkingStrategy'] === object['linkingStrategy']) return [];
  const { linkingStrategyChange } = instance.switches;
  const disabled = previous['enabled'] !== true || (linkingStrategyChange === 'whileDisabling' && !object['enabled']);
  if (disabled || linkingStrategyChange === 'free') return [];
  const message = 'The linkingStrategy can only be changed while the Identity Provider is disabled.';
  return [{ field: 'linkingStrategy', kind: 'invalid', message }];
}

/** A lambda that is not there is found elsewhere. Source: FusionAuth docs, "The specified Lambda Id must be of type …". */
function lambdaProblems(object: Fields, { reconcile }: ProviderType, { store }: Instance): readonly Problem[] {
  const field = 'lambdaConfiguration.reconcileId';
  const id = valueAt(object, field);
  const lambda = typeof id === 'string' ? store.get('lambda', id) : undefined;
  if (lambda === undefined || lambda['type'] === reconcile) return [];
  return [{ field, kind: 'invalid', message: `The Lambda [${String(id)}] must be of type ${reconcile}.` }];
}

/**
 * Since 1.65: FusionAuth docs apis/identity-providers, `attributeMappings`. The codes are
 * UNVERIFIED (switch undocumentedErrors).
 */
function mappingProblems(object: Fields): readonly Problem[] {
  const mappings = object['attributeMappings'];
  const targets = isRecord(mappings) ? Object.keys(mappings) : [];
  const problem = (message: string): Problem => ({ field: 'attributeMappings', kind: 'invalid', message });
  const unknown = targets.filter((target) => !/^(?:user|registration)\../.test(target));
  return [
    ...unknown.map((target) => problem(`The target [${target}] must begin with user. or registration.`)),
    ...(targets.length > 0 && !isBlank(valueAt(object, 'lambdaConfiguration.reconcileId'))
      ? [problem('The attributeMappings and a reconcile lambda exclude each other.')]
      : []),
  ];
}

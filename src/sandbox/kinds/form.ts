import { madeUp, type Problem } from '../errors.js';
import type { Instance, Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isAtLeast } from '../version.js';
import { isRecord, withoutNullItems } from './normal-text.js';
import { lengthProblems } from './rules.js';
import { formPlaces } from './uses.js';

/** Since when a user may have no password, so that a registration need not ask for one (fusionauth-issues #3159). */
const passwordOptionalSince = '1.59.0';

/**
 * Steps of fields, both in order. Source: FusionAuth docs apis/custom-forms/forms; field initialisers of
 * fusionauth-java-client's `Form` and `FormStep`.
 */
export const form: Kind = {
  name: 'form',
  label: 'Form',
  path: '/api/form',
  one: 'form',
  many: 'forms',
  idParameter: 'formId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'update'],
  scope: 'global',
  shape: 'Form',
  createOnly: ['type'],
  defaults: () => ({ data: {}, steps: [], type: 'registration' }),
  required: ['name'],
  unique: [{ field: 'name' }],
  references: [{ path: 'steps.*.fields.*', kind: 'formField' }],
  usedAt: formPlaces,
  normalise: normalForm,
  validate: formProblems,
};

/** A step of a form that is made normal. */
interface Step {
  readonly fields: readonly string[];
  /** Absent on servers that know no types of steps: such a step collects data. */
  readonly type?: string;
}

/** Steps that ask for nothing are gone. Source: `normalize()` of fusionauth-java-client's `Form`. */
function normalForm(form: Fields): Fields {
  const steps = withoutNullItems(form['steps'])
    .filter((step) => isRecord(step))
    .map(({ type, fields }) => ({ type: type ?? 'collectData', fields: fields ?? [] }))
    .filter(({ type, fields }) => type !== 'collectData' || !Array.isArray(fields) || fields.length > 0)
    .map(({ type, fields }) => ({ fields: withoutNullItems(fields), type }));
  return { ...form, steps };
}

function formProblems(form: StoredObject, { instance }: Write): readonly Problem[] {
  const steps = stepsOf(form);
  const problems: Problem[] = [...lengthProblems(form, ['name']), ...repeatedFields(steps)];
  if (steps.length === 0) {
    problems.push({ field: 'steps', kind: 'missing', message: 'A form needs at least one step.' });
  }
  return [...problems, ...madeUp(registrationProblems(form, instance))];
}

/** A field stands in a form once: so the primary key of `form_steps` in the database schema that FusionAuth publishes. */
function repeatedFields(steps: readonly Step[]): readonly Problem[] {
  const places = steps.flatMap(({ fields }, step) =>
    fields.map((id, index) => ({ id, field: `steps[${step}].fields[${index}]` })),
  );
  return places
    .filter(({ id }, place) => places.findIndex((other) => other.id === id) < place)
    .map(({ id, field }) => ({
      field,
      kind: 'duplicate',
      message: `The form field [${id}] is in the form already.`,
    }));
}

/** What a step that verifies needs to have been asked for before it. */
const verified: Readonly<Record<string, string>> = {
  verifyEmail: 'user.email',
  verifyPhoneNumber: 'user.phoneNumber',
};

/**
 * What a registration must ask for, and in which order. Sources: FusionAuth docs apis/custom-forms/forms, note on
 * `form.steps[x].type`; lifecycle/register-users/advanced-registration-forms, "There are a few rules". The codes are
 * UNVERIFIED (switch undocumentedErrors).
 */
function registrationProblems(form: StoredObject, { store, fusionauth }: Instance): readonly Problem[] {
  const steps = stepsOf(form).map(({ fields, type = 'collectData' }) => ({
    type,
    keys: fields.map((id) => store.get('formField', id)?.['key']),
  }));
  const problems: Problem[] = [];
  const wrong = (field: string, message: string): void => void problems.push({ field, kind: 'invalid', message });
  const asksFor = (key: string): number => steps.findIndex(({ keys }) => keys.includes(key));
  const lastVerify = steps.findLastIndex(({ type }) => Object.hasOwn(verified, type));
  for (const [index, { type }] of steps.entries()) {
    const key = verified[type];
    if (key === undefined) continue;
    const asked = asksFor(key);
    if (form['type'] !== 'registration') wrong(`steps[${index}].type`, 'Only a registration can verify.');
    else if (asked < 0 || asked >= index) wrong(`steps[${index}].type`, `A step before this one must have ${key}.`);
  }
  const password = asksFor('user.password');
  if (password >= 0 && password <= lastVerify) {
    wrong(`steps[${password}].fields`, 'The field user.password must come after the last step that verifies.');
  }
  if (form['type'] !== 'registration' || steps.length === 0) return problems;
  if (!['user.email', 'user.phoneNumber', 'user.username'].some((key) => asksFor(key) >= 0)) {
    wrong('steps', 'A registration must ask for an email, a phone number or a username.');
  }
  if (password < 0 && !isAtLeast(fusionauth, passwordOptionalSince)) {
    wrong('steps', 'A registration must ask for a password.');
  }
  return problems;
}

function stepsOf({ steps }: Fields): readonly Step[] {
  return withoutNullItems(steps).flatMap((step) => {
    if (!isRecord(step)) return [];
    const { fields, type } = step;
    return [{ fields: withoutNullItems(fields).map(String), ...(typeof type === 'string' ? { type } : {}) }];
  });
}

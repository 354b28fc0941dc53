import type { Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { managedField } from './managed-fields.js';
import { isBlank, withoutNullItems } from './normal-text.js';
import { isRegularExpression } from './regular-expression.js';
import { lengthProblems, needs } from './rules.js';
import { formFieldPlaces } from './uses.js';

/** Controls whose input may be held against an expression. */
const validated: ReadonlySet<unknown> = new Set(['number', 'text', 'textarea']);

/**
 * A field that forms may have; the requests and answers call it `field`. Source: FusionAuth docs apis/custom-forms/form-fields;
 * field initialisers of fusionauth-java-client's `FormField`.
 */
export const formField: Kind = {
  name: 'formField',
  label: 'Form Field',
  path: '/api/form/field',
  one: 'field',
  many: 'fields',
  idParameter: 'fieldId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'update'],
  scope: 'global',
  shape: 'FormField',
  request: 'FormFieldRequest',
  createOnly: ['control', 'key', 'type'],
  defaults: () => ({
    confirm: false,
    data: {},
    options: [],
    required: false,
    type: 'string',
    validator: { enabled: false },
  }),
  required: ['key', 'name'],
  unique: [{ field: 'name' }],
  references: [{ path: 'consentId', kind: 'consent' }],
  usedAt: formFieldPlaces,
  normalise: normalFormField,
  validate: formFieldProblems,
};

/** Source: `normalize()` of fusionauth-java-client's `FormField`, step by step. */
function normalFormField(field: Fields, { instance }: Write): Fields {
  const key = field['key'] ?? undefined;
  const managed = managedField(key, instance.fusionauth);
  let control = field['control'] ?? undefined;
  let { confirm, required } = field;
  const type = managed?.type ?? field['type'];
  let options = withoutNullItems(field['options']).map(String);
  if (control === 'checkbox' && field['type'] === 'bool') {
    // `true` comes first.
    options = options.map((option) => option.toLowerCase()).toSorted((left, right) => (left > right ? -1 : 1));
  }
  if (control === undefined && key !== undefined) control = managed?.control ?? 'text';
  if (key === 'user.password') [control, required] = ['password', true];
  const validator = validated.has(control) && type !== 'consent' ? field['validator'] : { enabled: false };
  if (type === 'email') control = 'text';
  if (type === 'consent') [confirm, control] = [false, undefined];
  return {
    ...field,
    confirm,
    control,
    key: type === 'consent' ? `consents['${String(field['consentId'])}']` : key,
    options,
    required,
    type,
    validator,
  };
}

/** Keys of one's own. Source: FusionAuth docs apis/custom-forms/form-fields, "Custom Keys". */
const customKey = /^(?:user|registration)\.data(?:\.[\p{L}\p{N}_]+|\[\d+\]|\['[\p{L}\p{N}_]+'\])+$/u;

function formFieldProblems(field: StoredObject, { instance }: Write): readonly Problem[] {
  const { key, type } = field;
  const problems: Problem[] = [
    ...lengthProblems(field, ['name']),
    ...needs(field, { when: type === 'consent', fields: ['consentId'] }),
    ...optionProblems(field),
    ...needs(field, {
      when: valueAt(field, 'validator.enabled') === true,
      fields: ['validator.expression'],
      kind: 'blank',
    }),
  ];
  const known = managedField(key, instance.fusionauth) !== undefined || type === 'consent';
  if (!isBlank(key) && !known && !customKey.test(String(key))) {
    const message = `The key [${String(key)}] is neither a predefined one nor a path below user.data or registration.data.`;
    problems.push({ field: 'key', kind: 'invalid', message });
  }
  const expression = valueAt(field, 'validator.expression');
  if (typeof expression === 'string' && !isRegularExpression(expression)) {
    const message = `The expression [${expression}] is no valid regular expression.`;
    problems.push({ field: 'validator.expression', kind: 'invalid', message });
  }
  return problems;
}

/** "The options for a field must conform to the type" (FusionAuth docs apis/custom-forms/form-fields). */
function optionProblems({ options, type }: StoredObject): readonly Problem[] {
  const fits = (option: string): boolean => {
    if (type === 'number') return option.trim() !== '' && Number.isFinite(Number(option));
    return type !== 'bool' || option === 'true' || option === 'false';
  };
  return withoutNullItems(options)
    .map((option, index) => ({ option: String(option), field: `options[${index}]` }))
    .filter(({ option }) => !fits(option))
    .map(({ option, field }) => ({
      field,
      kind: 'invalid',
      message: `The option [${option}] is no ${type === 'bool' ? 'bool' : 'number'}.`,
    }));
}

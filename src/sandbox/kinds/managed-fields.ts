import { isAtLeast } from '../version.js';

/** What a form field is, whatever was asked for, because FusionAuth itself looks after what it collects. */
interface ManagedField {
  readonly control: 'checkbox' | 'password' | 'select' | 'text';
  readonly type: 'date' | 'email' | 'phoneNumber' | 'string';
  /** The version that brought it; absent: older than any the sandbox can be. */
  readonly since?: string;
}

const text = { control: 'text', type: 'string' } as const;
const select = { control: 'select', type: 'string' } as const;

/** By key. Sources: fusionauth-java-client `ManagedFields`; FusionAuth docs apis/custom-forms/form-fields, "Predefined keys". */
const managedFields: Readonly<Record<string, ManagedField>> = {
  'registration.preferredLanguages': select,
  'registration.roles': { control: 'checkbox', type: 'string' },
  'registration.timezone': select,
  'registration.username': text,
  'user.birthDate': { control: 'text', type: 'date' },
  'user.email': { control: 'text', type: 'email' },
  'user.firstName': text,
  'user.fullName': text,
  'user.imageUrl': text,
  'user.lastName': text,
  'user.middleName': text,
  'user.mobilePhone': text,
  'user.parentEmail': { control: 'text', type: 'email' },
  'user.password': { control: 'password', type: 'string' },
  'user.phoneNumber': { control: 'text', type: 'phoneNumber', since: '1.59.0' },
  'user.preferredLanguages': select,
  'user.timezone': select,
  'user.username': text,
};

/** The managed field of a key; undefined for custom keys and for those that a version does not have yet. */
export function managedField(key: unknown, version: string): ManagedField | undefined {
  if (typeof key !== 'string' || !Object.hasOwn(managedFields, key)) return undefined;
  const field = managedFields[key];
  return isAtLeast(version, field?.since ?? '0') ? field : undefined;
}

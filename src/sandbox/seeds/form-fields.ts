import { isAtLeast } from '../version.js';

/** Forms that every install has. Source: FusionAuth docs, kickstart (`FUSIONAUTH_FORM[type]_ID`), fusionauth-issues #2841. */
export const defaultFormTypes = ['adminRegistration', 'adminUser', 'selfServiceUser'] as const;
export type DefaultFormType = (typeof defaultFormTypes)[number];

/** A shipped form field; what its key makes of it (control, type) is the kind's to say. */
interface ShippedField {
  readonly name: string;
  readonly key: string;
  readonly leftAddon: string;
  readonly required?: true;
  readonly confirm?: true;
  /** The version that brought it. */
  readonly since?: string;
}

const shippedFields: readonly ShippedField[] = [
  { name: 'email', key: 'user.email', leftAddon: 'user', required: true },
  { name: 'password', key: 'user.password', leftAddon: 'lock', required: true },
  { name: 'first name', key: 'user.firstName', leftAddon: 'info' },
  { name: 'middle name', key: 'user.middleName', leftAddon: 'info' },
  { name: 'last name', key: 'user.lastName', leftAddon: 'info' },
  { name: 'full name', key: 'user.fullName', leftAddon: 'info' },
  { name: 'birthdate', key: 'user.birthDate', leftAddon: 'calendar' },
  { name: 'mobile phone', key: 'user.mobilePhone', leftAddon: 'mobile' },
  { name: 'username', key: 'user.username', leftAddon: 'user', required: true },
  { name: '[Registration] parent email', key: 'user.parentEmail', leftAddon: 'user' },
  {
    name: '[Admin Registration] preferred languages',
    key: 'registration.preferredLanguages',
    leftAddon: 'info',
  },
  { name: '[Admin Registration] roles', key: 'registration.roles', leftAddon: 'info' },
  { name: '[Admin Registration] timezone', key: 'registration.timezone', leftAddon: 'info' },
  { name: '[Admin Registration] username', key: 'registration.username', leftAddon: 'user' },
  { name: '[Admin User] birthdate', key: 'user.birthDate', leftAddon: 'calendar' },
  { name: '[Admin User] email', key: 'user.email', leftAddon: 'user' },
  { name: '[Admin User] first name', key: 'user.firstName', leftAddon: 'info' },
  { name: '[Admin User] full name', key: 'user.fullName', leftAddon: 'info' },
  { name: '[Admin User] image URL', key: 'user.imageUrl', leftAddon: 'info' },
  { name: '[Admin User] last name', key: 'user.lastName', leftAddon: 'info' },
  { name: '[Admin User] middle name', key: 'user.middleName', leftAddon: 'info' },
  { name: '[Admin User] mobile phone', key: 'user.mobilePhone', leftAddon: 'mobile' },
  { name: '[Admin User] password', key: 'user.password', leftAddon: 'lock', required: true, confirm: true },
  { name: '[Admin User] phone number', key: 'user.phoneNumber', leftAddon: 'mobile', since: '1.59.0' },
  { name: '[Admin User] preferred languages', key: 'user.preferredLanguages', leftAddon: 'info' },
  { name: '[Admin User] timezone', key: 'user.timezone', leftAddon: 'info' },
  { name: '[Admin User] username', key: 'user.username', leftAddon: 'user' },
  { name: '[Self Service User] email', key: 'user.email', leftAddon: 'user' },
  { name: '[Self Service User] first name', key: 'user.firstName', leftAddon: 'info' },
  { name: '[Self Service User] last name', key: 'user.lastName', leftAddon: 'info' },
  { name: '[Self Service User] password', key: 'user.password', leftAddon: 'lock', required: true, confirm: true },
];

/** Names of all shipped fields, whatever the version. */
export const shippedFieldNames: readonly string[] = shippedFields.map(({ name }) => name);

/**
 * The form fields of a fresh install. Sources: the database schema that FusionAuth publishes for download (1.51.2);
 * `ManagedFields` of fusionauth-java-client, which has one more since 1.59.
 */
export function shippedFieldsOf(version: string): readonly ShippedField[] {
  return shippedFields.filter(({ since = '0' }) => isAtLeast(version, since));
}

/** The shipped fields of the default forms, step by step. Source: the same schema, the last that is public. */
export const defaultFormSteps: Readonly<Record<DefaultFormType, readonly (readonly string[])[]>> = {
  adminRegistration: [named('[Admin Registration]', ['username', 'preferred languages', 'timezone', 'roles'])],
  adminUser: [
    named('[Admin User]', ['email', 'username', 'mobile phone', 'password']),
    named('[Admin User]', [
      'birthdate',
      'first name',
      'middle name',
      'last name',
      'full name',
      'preferred languages',
      'timezone',
      'image URL',
    ]),
  ],
  selfServiceUser: [named('[Self Service User]', ['email', 'first name', 'last name', 'password'])],
};

function named(prefix: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${prefix} ${name}`);
}

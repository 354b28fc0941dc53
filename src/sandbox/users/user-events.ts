import type { Told, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { identityTypes, identityValue, type IdentityType } from './identities.js';
import { otherUser } from './user-problems.js';
import { userView } from './user-view.js';

/**
 * Events of a write to a user besides `user.create` and `user.update`. A change of a login id is one that webhooks have a
 * say in; that of the e-mail address and that of the password are told when they are done, and so is a login id that is
 * taken. Source: FusionAuth docs extend/events-and-webhooks/events.
 */
export function userEvents(moment: 'after' | 'before' | 'refused', user: StoredObject, write: Write): readonly Told[] {
  switch (moment) {
    case 'before':
      return identityChanges(user, write.previous);
    case 'after':
      return doneChanges(user, write.previous);
    case 'refused':
      return duplicates(user, write);
  }
}

function identityChanges(user: StoredObject, previous: Fields | undefined): readonly Told[] {
  return identityTypes.flatMap((type) => {
    const [before, now] = [identityValue(previous ?? {}, type), identityValue(user, type)];
    if (before === undefined || now === undefined || before === now) return [];
    return [
      {
        type: 'user.identity.update',
        fields: { loginIdType: type, newLoginId: now, previousLoginId: before, user: userView(user) },
      },
    ];
  });
}

function doneChanges(user: StoredObject, previous: Fields | undefined): readonly Told[] {
  if (previous === undefined) return [];
  const told: Told[] = [];
  const { email: previousEmail } = previous;
  if (typeof previousEmail === 'string' && previousEmail !== user['email']) {
    told.push({ type: 'user.email.update', fields: { previousEmail, user: userView(user) } });
  }
  if (user['password'] !== undefined && user['password'] !== previous['password']) {
    told.push({ type: 'user.password.update', fields: { user: userView(user) } });
  }
  return told;
}

/** One event for each user who has one of the login ids already. */
function duplicates(user: StoredObject, { instance, previous }: Write): readonly Told[] {
  const taken = new Map<StoredObject, IdentityType[]>();
  for (const type of identityTypes) {
    const existing = otherUser(user, type, instance);
    if (existing !== undefined) taken.set(existing, [...(taken.get(existing) ?? []), type]);
  }
  return [...taken].map(([existing, types]) => {
    const duplicate = (type: IdentityType): string | undefined =>
      types.includes(type) ? identityValue(user, type) : undefined;
    return {
      type: `user.loginId.duplicate.${previous === undefined ? 'create' : 'update'}`,
      fields: {
        duplicateEmail: duplicate('email'),
        duplicateIdentities: types.map((type) => ({ type, value: identityValue(user, type) })),
        duplicatePhoneNumber: duplicate('phoneNumber'),
        duplicateUsername: duplicate('username'),
        existing: userView(existing),
        user: userView(user),
      },
    };
  });
}

import { isRecord, trim } from '../kinds/normal-text.js';
import type { Call, Instance } from '../kind.js';
import { referredTo } from '../references.js';
import type { Fields, StoredObject } from '../store.js';
import { knownUser } from './known-user.js';
import { byText, recordsIn } from './normal-user.js';

/** The log of an action, with its names in the language of the user it is taken on. */
export function newLog(action: Fields, call: Call): StoredObject {
  const { instance } = call;
  const { actioneeUserId, actionerUserId, applicationIds, expiry, option, reasonId, userActionId } = action;
  const actionee = knownUser(actioneeUserId, call);
  const definition: Fields = referredTo(instance, 'userAction', userActionId) ?? {};
  const reason: Fields = referredTo(instance, 'userActionReason', reasonId) ?? {};
  const chosen = recordsIn(definition['options']).find(({ name }) => name === option);
  const { name } = definition;
  return {
    actioneeUserId,
    actionerUserId,
    applicationIds: Array.isArray(applicationIds) ? applicationIds.map(String).toSorted(byText) : [],
    comment: trim(action['comment']),
    ...flagsOf(action),
    endEventSent: false,
    expiry: definition['temporal'] === true ? expiry : undefined,
    id: instance.uuid(),
    insertInstant: instance.now(),
    localizedName: localized(name, definition['localizedNames'], actionee),
    localizedOption: localized(chosen?.['name'], chosen?.['localizedNames'], actionee),
    localizedReason: localized(reason['text'], reason['localizedTexts'], actionee),
    name,
    option: chosen?.['name'],
    reason: reason['text'],
    reasonCode: reason['code'],
    tenantId: actionee?.['tenantId'],
    userActionId,
  };
}

/** What is to be done when the action ends. */
export function flagsOf({ emailUser, notifyUser }: Fields): Fields {
  return { emailUserOnEnd: emailUser === true, notifyUserOnEnd: notifyUser === true };
}

function localized(text: unknown, texts: unknown, user: Fields | undefined): unknown {
  const languages = user?.['preferredLanguages'];
  for (const language of Array.isArray(languages) ? languages : []) {
    if (isRecord(texts) && typeof language === 'string' && Object.hasOwn(texts, language)) return texts[language];
  }
  return text;
}

/** What the action was like until now is added to its history. */
export function withHistory(log: StoredObject): StoredObject {
  const { actionerUserId, comment, expiry, history, insertInstant } = log;
  const items = recordsIn(isRecord(history) ? history['historyItems'] : undefined);
  const item = { actionerUserId, comment, createInstant: insertInstant, expiry };
  return { ...log, history: { historyItems: [...items, item] } };
}

/** The event is about the user, not about the log. */
export function aboutActionee({ actioneeUserId, tenantId }: StoredObject): StoredObject {
  return { id: String(actioneeUserId), tenantId };
}

/** `phase` is for actions in time only. */
export function eventOf(log: StoredObject, phase: string, notifyUser: boolean): Fields {
  const { actioneeUserId, actionerUserId, applicationIds, comment, expiry, localizedOption, localizedReason } = log;
  const { id, localizedName, name, option, reason, reasonCode } = log;
  return {
    action: name,
    actionId: id,
    actioneeUserId,
    actionerUserId,
    applicationIds,
    comment,
    emailedUser: false,
    expiry,
    localizedAction: localizedName,
    localizedOption,
    localizedReason,
    notifyUser,
    option,
    phase: expiry === undefined ? undefined : phase,
    reason,
    reasonCode,
  };
}

/** "An active action is a time based action that has not yet expired or been canceled." */
export function isActive({ expiry }: Fields, { now }: Instance): boolean {
  return typeof expiry === 'number' && expiry > now();
}

/** The user action that a log is of. */
export function definitionOf({ userActionId }: Fields, instance: Instance): StoredObject | undefined {
  return referredTo(instance, 'userAction', userActionId);
}

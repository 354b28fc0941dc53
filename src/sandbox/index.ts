/**
 * A FusionAuth in memory, for trying, testing and CI. HTTP comes in, HTTP goes out: it speaks the REST API of FusionAuth
 * 1.69 well enough that other people's clients work with it unchanged, runs kickstart files, and lets connections fail on
 * request. It must not import any other room: it is the witness against which kedge is tested, and shared code would share
 * mistakes. What is not known about FusionAuth for sure is a switch.
 */
export { type AdministratorAction, AdministratorError, type AdministratorRequest } from './administrator/action.js';
export { type PostResponse } from './events/post.js';
export { type WebhookAttempt, type WebhookEventLog } from './events/webhook-log.js';
export { type Fault, type FaultMatch, type FaultMoment } from './fault.js';
export { type FilePosition, KickstartError, type KickstartErrorCode } from './kickstart/kickstart-error.js';
export { FaultError, readFault } from './parse-fault.js';
export { type RecordedRequest, type RequestReport } from './request-log.js';
export { defaultApiKey, startSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
export { SnapshotError, type SandboxSnapshot } from './snapshot.js';
export { type Fields, type StoredObject } from './store.js';
export { parseSwitch, SwitchError, type SwitchChoice, type SwitchName, type Switches } from './switches.js';
export { VersionError } from './version.js';

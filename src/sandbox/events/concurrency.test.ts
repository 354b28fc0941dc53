import { expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { useReceiver } from '../testing/receiver.js';
import { subscribe } from '../testing/subscribe.js';

const { call, sandbox } = useSandbox();
const receiver = useReceiver();

test('of many groups made at the same time every one is asked for once, in either way', async () => {
  const types = ['group.create', 'group.create.complete'];
  receiver().react = ({ event }) => ({
    status: Number(event.group.name.slice(5)) % 5 === 0 && event.type === types[0] ? 409 : 200,
  });
  // However busy the machine is: nothing here is about time.
  const webhook = { connectTimeout: 15_000, readTimeout: 15_000 };
  await subscribe(call, { urls: [receiver().url], types, transactionType: 'AbsoluteMajority', webhook });
  const names = Array.from({ length: 200 }, (_, number) => `crew-${number}`);
  const answers = await Promise.all(names.map((name) => call('POST', '/api/group', { group: { name } })));
  await sandbox().settle();
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(160);
  expect(answers.filter(({ status }) => status === 504)).toHaveLength(40);
  const told = (type: string): string[] =>
    receiver()
      .received.filter(({ event }) => event.type === type)
      .map(({ event }) => event.group.name);
  expect(told('group.create').toSorted(byText)).toEqual(names.toSorted(byText));
  expect(told('group.create.complete')).toHaveLength(160);
  expect((await call('GET', '/api/group')).json.groups).toHaveLength(160);
  const search = await call('POST', '/api/system/webhook-event-log/search', { search: { eventResult: 'Failed' } });
  expect(search.json.total).toBe(40);
});

function byText(left: string, right: string): number {
  return left < right ? -1 : 1;
}

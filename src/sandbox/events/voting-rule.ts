/**
 * How many of the webhooks have to take an event for what it is about to happen. Source: FusionAuth client
 * `TransactionType`; FusionAuth docs get-started/core-concepts/tenants, "Webhooks", transaction setting.
 */
export type VotingRule = 'AbsoluteMajority' | 'Any' | 'None' | 'SimpleMajority' | 'SuperMajority';

/** The rule a tenant has for an event; what is not one of them asks nobody. */
export function parseVotingRule(value: unknown): VotingRule {
  switch (value) {
    case 'AbsoluteMajority':
    case 'Any':
    case 'SimpleMajority':
    case 'SuperMajority':
      return value;
    default:
      return 'None';
  }
}

/** Whether enough have agreed. Where nobody was asked nobody is against it. */
export function isAgreed(
  rule: VotingRule,
  { asked, agreed }: { readonly asked: number; readonly agreed: number },
): boolean {
  switch (rule) {
    case 'None':
      return true;
    case 'Any':
      return asked === 0 || agreed > 0;
    case 'SimpleMajority':
      return agreed * 2 >= asked;
    case 'SuperMajority':
      return agreed * 3 >= asked * 2;
    case 'AbsoluteMajority':
      return agreed === asked;
  }
}

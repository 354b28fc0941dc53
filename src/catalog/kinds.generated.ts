export type KindName = string;

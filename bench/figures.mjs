/** min / median / max of numbers, with a unit. */
export function figures(values, unit, digits = 1) {
  const sorted = [...values].sort((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)];
  return [sorted[0], median, sorted.at(-1)].map((value) => `${value.toFixed(digits)}${unit}`).join(' / ');
}

/** Milliseconds of CPU (user and system) that a call takes. */
export async function cpuMs(call) {
  const before = process.cpuUsage();
  await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** So that two instants of one server differ, or between two looks at it. */
export function pause(ms = 20): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

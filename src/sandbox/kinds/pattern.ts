/**
 * Whether a text fits a search criterion: without case, `*` for anything, and anywhere in the text when there is no `*`.
 * `**` is a star itself. Source: `SQLTools` of fusionauth-java-client's search criteria.
 */
export function matchesPattern(text: string, criterion: string): boolean {
  // A character that no text has holds the place of a literal star while the others are looked at.
  const parts = criterion
    .toLowerCase()
    .replaceAll('**', '\0')
    .split('*')
    .map((part) => part.replaceAll('\0', '*'));
  const searched = text.toLowerCase();
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return searched.includes(first);
  const last = rest.pop() ?? '';
  if (!searched.startsWith(first) || !searched.endsWith(last)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = searched.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return position <= searched.length - last.length;
}

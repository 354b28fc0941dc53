/** Words joined by hyphens, from FusionAuth's camel case: `emailTemplates` is `email-templates`. */
export function kebabCase(camelCase: string): string {
  return camelCase.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

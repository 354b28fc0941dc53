/**
 * Names of the browser that the types of playwright-core mention. The whole `dom` library would let the code use what Node
 * does not have.
 */
interface Node {
  readonly nodeType: number;
}
interface HTMLElement extends Node {
  readonly hidden: boolean;
}
interface SVGElement extends Node {
  readonly viewportElement: SVGElement | null;
}
type HTMLElementTagNameMap = Readonly<Record<string, HTMLElement>>;

/** Texts of answers that are whole already, by their response. */
const texts = new WeakMap<Response, string>();

/**
 * A response with a text, which {@link wholeBody} gives back without reading a stream.
 * @param apart - leaves the text beside the response, whose own body is empty: the stream of a body takes longer to make
 *   than all the rest of the response, and who sends the text does not read it.
 */
export function textResponse(text: string, { apart, ...init }: ResponseInit & { readonly apart: boolean }): Response {
  const response = new Response(apart ? null : text, init);
  texts.set(response, text);
  return response;
}

/** The text of a response that was made by {@link textResponse}; undefined for any other. */
export function wholeBody(response: Response): string | undefined {
  return texts.get(response);
}

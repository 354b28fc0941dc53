/** Texts of answers that are whole already, by their response. */
const texts = new WeakMap<Response, string>();

/** A response with a text, which {@link wholeBody} gives back without reading a stream. */
export function textResponse(text: string, init: ResponseInit): Response {
  const response = new Response(text, init);
  texts.set(response, text);
  return response;
}

/** The text of a response that was made by {@link textResponse}; undefined for any other. */
export function wholeBody(response: Response): string | undefined {
  return texts.get(response);
}

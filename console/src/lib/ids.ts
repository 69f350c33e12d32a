const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** A whole task id, as pasted from a log or an address. */
export const isTaskId = (text: string): boolean => UUID.test(text.trim())

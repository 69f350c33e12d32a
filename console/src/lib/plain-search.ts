/** The query part of an address as plain words: ?state=dead,retrying&queue=mail. */
export type PlainSearch = Record<string, string | undefined>

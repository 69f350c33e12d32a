package dev.millrace.http.schema;

/**
 * One wrong place of a request.
 *
 * @param pointer a JSON pointer into the body ({@code /tasks/3/priority}, empty for the whole), or
 *     {@code ?name} for a query parameter
 * @param detail what is wrong there and what would be right, with the values involved
 * @param code stable and meant for programs, for example {@code required} or {@code unknown}
 */
@Doc("One wrong place of a request.")
public record Fault(
    @Doc("A JSON pointer into the body, empty for the whole of it, or ?name for a query parameter.")
        String pointer,
    @Doc("What is wrong there and what would be right.") String detail,
    @Doc("What kind of fault it is: required, unknown, type, range and so on.") String code) {}

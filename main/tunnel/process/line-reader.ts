/** Owns the line reader: a process's output cut into lines, whatever the chunks; pure. */

/** A QR code line is some hundred characters long, an announcement less. */
export const LINE_MAX_UNITS = 4_096;

/** Lines end in LF or CRLF; a line longer than LINE_MAX_UNITS is dropped whole, never held and never cut. */
export class LineReader {
  #rest = '';
  #dropping = false;

  /** The lines that this chunk completes, without their ends. */
  push(chunk: string): string[] {
    const pieces = chunk.split('\n');
    const last = pieces.pop() ?? '';
    const lines: string[] = [];
    for (const piece of pieces) {
      this.#append(piece);
      this.#take(lines);
    }
    this.#append(last);
    return lines;
  }

  /** What stood after the last line end, as one more line, if anything did. */
  end(): string[] {
    const lines: string[] = [];
    if (this.#rest !== '') this.#take(lines);
    return lines;
  }

  #append(piece: string): void {
    // One more than a line may have: the CR of a line end that has not come yet.
    if (this.#rest.length + piece.length > LINE_MAX_UNITS + 1) {
      this.#dropping = true;
      this.#rest = '';
    } else {
      this.#rest += piece;
    }
  }

  #take(lines: string[]): void {
    const line = this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest;
    if (!this.#dropping && line.length <= LINE_MAX_UNITS) lines.push(line);
    this.#rest = '';
    this.#dropping = false;
  }
}

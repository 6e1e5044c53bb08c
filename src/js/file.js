// Takes a file by handle: its bytes never pass through WebAssembly's memory.

// undefined where it is no file. An ArrayBuffer is told by its tag, since one of another realm
// is no instance of ours.
export const toBlob = (file, type) => {
  if (file instanceof Blob) {
    // A slice of all of it has its bytes and another type, but not its name.
    const { name } = file;
    return type === undefined || type === null ? file
      : Object.defineProperty(file.slice(0, file.size, type), "name", { value: name });
  }
  const isBytes = ArrayBuffer.isView(file) ||
    Object.prototype.toString.call(file) === "[object ArrayBuffer]";
  return isBytes ? new Blob([file], { type: type ?? "" }) : undefined;
};

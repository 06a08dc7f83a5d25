package dev.holdfast.faults;

import dev.holdfast.faults.DiskOperation.Created;
import dev.holdfast.faults.DiskOperation.MadeDirectory;
import dev.holdfast.faults.DiskOperation.Renamed;
import dev.holdfast.faults.DiskOperation.Resized;
import dev.holdfast.faults.DiskOperation.Synced;
import dev.holdfast.faults.DiskOperation.Unlinked;
import dev.holdfast.faults.DiskOperation.Written;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server asked of the disk below one directory, read from the output of strace. */
final class DiskTrace {
  private static final String CALLS =
      "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range,"
          + "ftruncate,truncate,fallocate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
          + "unlink,unlinkat,rmdir,mkdir,mkdirat,sendfile,copy_file_range,msync";
  private static final String UNFINISHED = " <unfinished ...>";
  private static final int BUFFER = 1 << 20;

  /** Process, time, and perhaps the beginning of the second half of a call. */
  private static final Pattern LINE =
      Pattern.compile("(\\d+) +([0-9.]+) (<\\.\\.\\. \\w+ resumed>)?");

  /** Shared memory is made anew from the log after a crash; its bytes are not told by calls. */
  private static final String SHARED_MEMORY = "-shm";

  private final Path root;
  private final List<DiskOperation> operations = new ArrayList<>();
  private final Map<String, String> unfinished = new HashMap<>();
  private final Map<Path, Long> positions = new HashMap<>();

  private DiskTrace(Path root) {
    this.root = root;
  }

  /** The command that traces the one behind it into that file. */
  static List<String> command(Path output) {
    return List.of(
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-y",
        "-ttt",
        "-T",
        "-s",
        Integer.toString(1 << 21),
        "-e",
        "signal=none",
        "-e",
        "trace=" + CALLS,
        "-o",
        output.toString());
  }

  /** The operations below a directory in the order in which they were called. */
  static List<DiskOperation> read(Path output, Path root) throws IOException {
    DiskTrace trace = new DiskTrace(root);
    try (BufferedReader lines =
        new BufferedReader(new FileReader(output.toFile(), StandardCharsets.US_ASCII), BUFFER)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        trace.take(line);
      }
    }
    trace.operations.sort(Comparator.comparingLong(operation -> operation.span().started()));
    return trace.operations;
  }

  /** A call that another one overtook is printed in two lines. */
  private void take(String line) {
    Matcher begin = LINE.matcher(line);
    if (!begin.lookingAt()) {
      return;
    }
    String process = begin.group(1);
    String rest = line.substring(begin.start(2));
    if (begin.group(3) != null) {
      String begun = unfinished.remove(process);
      if (begun != null) {
        call(begun + line.substring(begin.end()));
      }
    } else if (rest.contains(root.toString())) {
      if (rest.endsWith(UNFINISHED)) {
        unfinished.put(process, rest.substring(0, rest.length() - UNFINISHED.length()));
      } else {
        call(rest);
      }
    }
  }

  private void call(String text) {
    TracedCall call = TracedCall.parse(text);
    if (call != null && !call.failed()) {
      DiskOperation operation = operation(call);
      if (operation != null
          && operation.file() != null
          && operation.file().startsWith(root)
          && !operation.file().toString().endsWith(SHARED_MEMORY)) {
        operations.add(operation);
      }
    }
  }

  /** Null for what changes nothing; a call that this does not know ends the test. */
  private DiskOperation operation(TracedCall call) {
    return switch (call.name()) {
      case "openat" -> opened(call);
      case "write" -> appended(call);
      case "pwrite64" -> new Written(call.span(), call.described(0), call.number(3), written(call));
      case "fsync", "fdatasync" -> new Synced(call.span(), call.described(0));
      case "ftruncate" -> new Resized(call.span(), call.described(0), call.number(1));
      case "rename" -> new Renamed(call.span(), call.path(0), call.path(1));
      case "unlink", "rmdir" -> new Unlinked(call.span(), call.path(0));
      case "unlinkat" -> new Unlinked(call.span(), call.path(1));
      case "mkdir" -> new MadeDirectory(call.span(), call.path(0));
      case "mkdirat" -> new MadeDirectory(call.span(), call.path(1));
      default -> unknown(call);
    };
  }

  private DiskOperation unknown(TracedCall call) {
    if (call.argument(0).contains(root.toString()) || call.argument(1).startsWith("\"" + root)) {
      throw new IllegalStateException("the harness does not know " + call.name());
    }
    return null;
  }

  private DiskOperation opened(TracedCall call) {
    String flags = call.argument(2);
    if (flags.contains("SYNC")) {
      throw new IllegalStateException("the harness does not know files opened with " + flags);
    }
    positions.put(call.opened(), 0L);
    if (flags.contains("O_TRUNC")) {
      return new Resized(call.span(), call.opened(), 0);
    }
    return flags.contains("O_CREAT") ? new Created(call.span(), call.opened()) : null;
  }

  /** A write without an offset goes behind the one before it: nothing here seeks. */
  private DiskOperation appended(TracedCall call) {
    byte[] bytes = written(call);
    long end = positions.merge(call.described(0), (long) bytes.length, Long::sum);
    return new Written(call.span(), call.described(0), end - bytes.length, bytes);
  }

  private static byte[] written(TracedCall call) {
    return Arrays.copyOf(call.quoted(1), Math.toIntExact(call.returned()));
  }
}

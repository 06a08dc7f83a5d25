package dev.holdfast.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A file system of its own that can be filled to the last page. */
final class SmallDisk implements AutoCloseable {
  private static final int PAGE = 4_096;
  private static final int PAGES_LEFT_MAX = 24;
  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /** Mounts it on an empty directory; skips the test where that is not permitted. */
  static SmallDisk mount(Path root, int mebibytes) throws IOException, InterruptedException {
    new Tool("mount", "mount").assumeInstalled();
    Tool.Ended ended =
        Tool.run(
            "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "holdfast", root.toString());
    assumeTrue(ended.code() == 0, "mounting is not permitted here: " + ended.output().strip());
    return new SmallDisk(root);
  }

  Path data() {
    return root.resolve("data");
  }

  private Path ballast() {
    return root.resolve("ballast");
  }

  /** Takes all space but a few pages, so that it runs out at another place each time. */
  void fill(Random random) throws IOException {
    fillTo((long) PAGE * random.nextInt(PAGES_LEFT_MAX));
  }

  private void fillTo(long left) throws IOException {
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      byte[] page = new byte[PAGE];
      while (root.toFile().getUsableSpace() > left) {
        ballast.write(page);
      }
    } catch (IOException e) {
      // The disk is full: the writers took a page between the question and the answer.
    }
  }

  /** Takes all space. */
  void fillWhole() throws IOException {
    fillTo(0);
  }

  void free() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() throws IOException {
    try {
      Tool.Ended ended = Tool.run("umount", root.toString());
      if (ended.code() != 0) {
        throw new IOException(ended.output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.holdfast.faults;

import dev.holdfast.faults.DiskOperation.Resized;
import dev.holdfast.faults.DiskOperation.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The changes of one file, whatever it is called, and how far the disk is sure of them. */
final class DiskFile {
  private static final int[] SECTORS = {512, 4_096};
  private final List<DiskOperation> changes = new ArrayList<>();
  private long syncedUntil;

  void change(DiskOperation change) {
    changes.add(change);
  }

  /** All that had returned before the sync was called. */
  void sync(DiskOperation.Span sync) {
    syncedUntil = Math.max(syncedUntil, sync.started());
  }

  /** What of it a loss of power leaves. */
  byte[] afterLoss(Random random, double kept) {
    Content content = new Content();
    int sector = SECTORS[random.nextInt(SECTORS.length)];
    for (DiskOperation change : changes) {
      if (change.span().ended() <= syncedUntil) {
        content.apply(change);
      } else if (random.nextDouble() < kept) {
        content.applyPartOf(change, random, sector);
      }
    }
    return content.toArray();
  }

  byte[] whole() {
    Content content = new Content();
    changes.forEach(content::apply);
    return content.toArray();
  }

  /** Bytes that grow. */
  private static final class Content {
    private byte[] bytes = new byte[0];
    private int size;

    byte[] toArray() {
      return Arrays.copyOf(bytes, size);
    }

    void apply(DiskOperation change) {
      if (change instanceof Written written) {
        write(written, 0, written.bytes().length);
      } else if (change instanceof Resized resized) {
        resize(Math.toIntExact(resized.size()));
      }
    }

    /** Half of the writes are torn: each sector of them is there or not. */
    void applyPartOf(DiskOperation change, Random random, int sector) {
      if (!(change instanceof Written written) || random.nextBoolean()) {
        apply(change);
        return;
      }
      int from = 0;
      while (from < written.bytes().length) {
        int untilBoundary = sector - (int) ((written.offset() + from) % sector);
        int to = Math.min(written.bytes().length, from + untilBoundary);
        if (random.nextBoolean()) {
          write(written, from, to);
        }
        from = to;
      }
    }

    private void write(Written written, int from, int to) {
      int at = Math.toIntExact(written.offset()) + from;
      resize(Math.max(size, at + to - from));
      System.arraycopy(written.bytes(), from, bytes, at, to - from);
    }

    private void resize(int newSize) {
      if (newSize > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(newSize, 2 * bytes.length));
      }
      if (newSize < size) {
        Arrays.fill(bytes, newSize, size, (byte) 0);
      }
      size = newSize;
    }
  }
}

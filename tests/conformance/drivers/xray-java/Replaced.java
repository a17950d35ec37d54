import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;

/** What the rewritten classes of the SDK ask in place of clocks and random sources. See ../README.md. */
public final class Replaced {
  static Instant now = Instant.EPOCH;
  static double draw;
  /** The reservoir that was asked last, and whether it had one left. */
  static Object reservoir;
  static boolean taken;

  private Replaced() {}

  public static Instant instant() {
    return now;
  }

  public static long nanoTime() {
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  public static Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  public static double nextDouble(Random source) {
    return draw;
  }

  /** A random float has the first 24 of the bits that a double has 53 of. */
  public static float nextFloat(Random source) {
    return (int) (draw * (1 << 24)) / (float) (1 << 24);
  }

  public static void answered(boolean answer, Object asked) {
    reservoir = asked;
    taken = answer;
  }
}

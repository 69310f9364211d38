package io.siyu.mall.membership.growth;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One version of the levels, immutable.
 *
 * @param levels from 0 upwards, the thresholds rising
 * @param validFor how long a level lasts at least once it is reached
 */
public record LevelTable(int version, List<Level> levels, Period validFor) {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  public LevelTable {
    levels = List.copyOf(levels);
    if (levels.isEmpty() || levels.get(0).from() != 0) {
      throw new IllegalArgumentException("level 0 begins at 0");
    }
    for (int i = 0; i < levels.size(); i++) {
      if (levels.get(i).number() != i
          || i > 0 && levels.get(i).from() <= levels.get(i - 1).from()) {
        throw new IllegalArgumentException("levels rise by one, and so do their thresholds");
      }
    }
    if (validFor.toTotalMonths() < 1 && validFor.getDays() < 1) {
      throw new IllegalArgumentException("a level lasts at least a day");
    }
  }

  /** The highest level that the value reaches. */
  public Level at(long value) {
    Level reached = levels.get(0);
    for (Level level : levels) {
      if (level.from() <= value) {
        reached = level;
      }
    }
    return reached;
  }

  /** The level of that number, or the highest when this version has fewer. */
  public Level level(int number) {
    return levels.get(Math.min(number, levels.size() - 1));
  }

  /** The one above, if there is any. */
  public Optional<Level> above(Level level) {
    return levels.size() > level.number() + 1
        ? Optional.of(levels.get(level.number() + 1))
        : Optional.empty();
  }

  /** When a level reached then ends; calendar years and months count in Shanghai. */
  public Instant endOf(Instant reached) {
    return reached.atZone(ZONE).plus(validFor).toInstant();
  }
}

package io.siyu.mall.catalog.category;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.text.TextType;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryTest {

  @Test
  void aChildContinuesItsParentsPathAndLineage() {
    Category top = Category.create(null, "婴童", 0);
    Category child = Category.create(top, " 服饰 ", 2);
    assertNull(top.parentId());
    assertEquals(top.id(), child.parentId());
    assertEquals("婴童/服饰", child.path());
    assertEquals(List.of(top.id().value(), child.id().value()), child.lineage().ids());
    assertEquals(child.lineage().ids(), Lineage.of(child.lineage().bytes()).ids());
  }

  @Test
  void theTreeHasABottom() {
    Category category = Category.create(null, "1", 0);
    for (int depth = 2; depth <= Category.MAX_DEPTH; depth++) {
      category = Category.create(category, "" + depth, 0);
    }
    Category deepest = category;
    assertThrows(DomainException.class, () -> Category.create(deepest, "9", 0));
  }

  @Test
  void whatIsBelowGoesAlong() {
    Category clothes = Category.create(null, "服饰", 0);
    Category baby = Category.create(clothes, "婴童", 0);
    Category socks = Category.create(baby, "袜子", 0);
    Category mother = Category.create(null, "母婴", 0);
    baby.revise(0, mother, " 宝宝 ", 3, true, List.of(socks));
    assertEquals("母婴/宝宝", baby.path());
    assertEquals("母婴/宝宝/袜子", socks.path());
    assertEquals(
        List.of(mother.id().value(), baby.id().value(), socks.id().value()), socks.lineage().ids());
    assertEquals(baby.id(), socks.parentId());
    assertEquals(3, baby.sortOrder());
    baby.revise(0, null, "宝宝", 3, false, List.of(socks));
    assertNull(baby.parentId());
    assertEquals("宝宝/袜子", socks.path());
    assertEquals(List.of(baby.id().value(), socks.id().value()), socks.lineage().ids());
  }

  @Test
  void nothingStandsBelowItselfOrTooDeep() {
    Category top = Category.create(null, "1", 0);
    Category child = Category.create(top, "2", 0);
    refused("CATEGORY_LOOP", () -> top.revise(0, top, "1", 0, false, List.of(child)));
    refused("CATEGORY_LOOP", () -> top.revise(0, child, "1", 0, false, List.of(child)));
    refused("STALE_VERSION", () -> top.revise(1, null, "1", 0, false, List.of(child)));
    Category deep = Category.create(null, "a", 0);
    for (int depth = 2; depth < Category.MAX_DEPTH; depth++) {
      deep = Category.create(deep, "a", 0);
    }
    Category under = deep;
    refused("INVALID_ARGUMENT", () -> top.revise(0, under, "1", 0, false, List.of(child)));
    refused("INVALID_ARGUMENT", () -> top.revise(0, null, "a/b", 0, false, List.of(child)));
    Category wide = Category.create(null, "宽".repeat(TextType.CATEGORY_NAME.max()), 0);
    for (int i = 0; i < 5; i++) {
      wide = Category.create(wide, "宽".repeat(TextType.CATEGORY_NAME.max()), 0);
    }
    Category longest = wide;
    Category child2 = Category.create(top, "长".repeat(TextType.CATEGORY_NAME.max()), 0);
    refused("INVALID_ARGUMENT", () -> top.revise(0, longest, "1", 0, false, List.of(child2)));
    assertEquals("1", top.path(), "a refusal changes nothing");
    assertEquals("1/2", child.path());
  }

  private static void refused(String reason, Runnable call) {
    assertEquals(reason, assertThrows(DomainException.class, call::run).reason());
  }

  @Test
  void aNameIsOneStepOfThePath() {
    assertThrows(DomainException.class, () -> Category.create(null, "a/b", 0));
    assertThrows(DomainException.class, () -> Category.create(null, "  ", 0));
  }
}

package io.siyu.mall.catalog.category;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.platform.error.DomainException;
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
  void aNameIsOneStepOfThePath() {
    assertThrows(DomainException.class, () -> Category.create(null, "a/b", 0));
    assertThrows(DomainException.class, () -> Category.create(null, "  ", 0));
  }
}

package io.siyu.mall.gateway;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions on records. */
final class Records {

  static final ArchCondition<JavaClass> HAVE_NO_COMPONENT_OF_THE_CONTRACT =
      new ArchCondition<>("have no component that is a message of the contract") {
        @Override
        public void check(JavaClass record, ConditionEvents events) {
          for (JavaField field : record.getFields()) {
            boolean leaks =
                field.getAllInvolvedRawTypes().stream()
                    .anyMatch(type -> type.getPackageName().startsWith("io.siyu.mall.proto"));
            events.add(
                new SimpleConditionEvent(
                    field, !leaks, field.getFullName() + " is of the contract"));
          }
        }
      };

  private Records() {}
}

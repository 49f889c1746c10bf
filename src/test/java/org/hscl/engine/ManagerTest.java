package org.hscl.engine;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test whose arrays live on one manager of its own. */
public abstract class ManagerTest {

    protected NDManager manager;

    @BeforeEach
    protected void openManager() {
        manager = Torch.engine().newBaseManager();
    }

    @AfterEach
    protected void closeManager() {
        manager.close();
    }
}
